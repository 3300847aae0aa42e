"""Typst alone: set a template of the site with the data that come in, and write the PDF out."""

import json
import sys
from pathlib import Path

import typst


def main() -> None:
    """Read data from standard input; the template and the folders of fonts are the arguments."""
    template, *fonts = sys.argv[1:]
    found = typst.Fonts(include_system_fonts=False, font_paths=fonts)
    compiler = typst.Compiler(root=str(Path(template).parent), font_paths=found, ignore_system_fonts=True)
    data = json.dumps(json.load(sys.stdin), ensure_ascii=False)
    pdf = compiler.compile(template, format="pdf", sys_inputs={"data": data}, timestamp=0)
    assert isinstance(pdf, bytes)
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
