// Agreement page: hash a chosen file in the browser and compare. Nothing is uploaded.
(function () {
  "use strict";
  var box = document.getElementById("filebox");
  var input = document.getElementById("file");
  var out = document.getElementById("fileout");
  if (!box || !window.crypto || !window.crypto.subtle) {
    return;
  }
  box.hidden = false;
  var hashes = box.getAttribute("data-hashes").split(" ");
  var names = box.getAttribute("data-names").split("|");

  function words(name) {
    return box.getAttribute("data-" + name);
  }

  function say(kind, title, text) {
    out.textContent = "";
    var note = document.createElement("div");
    var inner = document.createElement("div");
    var head = document.createElement("p");
    var body = document.createElement("p");
    note.className = "notice " + kind;
    head.className = "notice-t";
    head.textContent = title;
    body.textContent = text;
    inner.appendChild(head);
    inner.appendChild(body);
    note.appendChild(inner);
    out.appendChild(note);
  }

  function hex(buffer) {
    return Array.prototype.map
      .call(new Uint8Array(buffer), function (b) {
        return ("0" + b.toString(16)).slice(-2);
      })
      .join("");
  }

  function check(file) {
    var reader = new FileReader();
    reader.onload = function () {
      window.crypto.subtle.digest("SHA-256", reader.result).then(function (buffer) {
        var got = hex(buffer);
        var at = hashes.indexOf(got);
        if (at >= 0) {
          say("n-ok", words("same").replace("{name}", names[at]), words("same-text"));
        } else {
          say("n-bad", words("other"), words("other-text").replace("{hash}", got.slice(0, 16) + "…"));
        }
      });
    };
    reader.onerror = function () {
      say("n-warn", words("unread"), words("unread-text"));
    };
    reader.readAsArrayBuffer(file);
  }

  input.addEventListener("change", function () {
    if (input.files.length) {
      check(input.files[0]);
    }
  });
  ["dragenter", "dragover", "dragleave", "drop"].forEach(function (type) {
    box.addEventListener(type, function (event) {
      event.preventDefault();
      box.classList.toggle("is-over", type === "dragenter" || type === "dragover");
      if (type === "drop" && event.dataTransfer.files.length) {
        check(event.dataTransfer.files[0]);
      }
    });
  });
})();
