"""Write the fair of Jinan with titles that readers stumble over, and with an item that is cancelled."""

import json
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "eventsite/eventfile/data/jinan-2025.json"
TITLES = (
    "䶮㛃𬭎 队, 二胡; “独奏”\\、",
    "=1+1",
    "<b>糖人</b> & 皮影",
    "“踏秋赏枫 醉游辽宁”辽宁秋季旅游主题推介活动启幕，欢迎各位游客朋友到场观看，敬请期待好戏",
)


def main() -> None:
    """Write the file named on the command line."""
    fair = json.loads(SOURCE.read_text("utf-8"))
    items = fair["programme"]
    for item, title in zip(items, TITLES, strict=False):
        item["title_zh"] = title
    items[len(TITLES)]["status"] = "cancelled"
    items[-1] |= {"start": "23:40", "end": "00:20", "end_date": "2025-09-07"}
    Path(sys.argv[1]).write_text(json.dumps(fair, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
