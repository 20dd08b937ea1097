document.querySelectorAll("th button").forEach(function (button) {
  button.addEventListener("click", function () {
    var head = button.parentNode, body = head.closest("table").tBodies[0];
    var at = Array.prototype.indexOf.call(head.parentNode.children, head);
    var down = head.getAttribute("aria-sort") === "ascending";
    Array.prototype.forEach.call(head.parentNode.children, function (each) { each.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    var key = function (row) { return row.cells[at].getAttribute("data-key") || ""; };
    Array.prototype.slice.call(body.rows).sort(function (one, other) {
      var order = key(one).localeCompare(key(other), "en", { numeric: true });
      return down ? -order : order;
    }).forEach(function (row) { body.appendChild(row); });
  });
});
// Paper cannot be opened: where the style sheet's own way is not known, details are open while it is printed.
var closed = [];
window.addEventListener("beforeprint", function () {
  closed = Array.prototype.slice.call(document.querySelectorAll("details:not([open])"));
  closed.forEach(function (each) { each.open = true; });
});
window.addEventListener("afterprint", function () {
  closed.forEach(function (each) { each.open = false; });
});
