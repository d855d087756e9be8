// Keeps "2시간 5분 남음" true while a page stays open. The words come from the page.
const MINUTE = 60_000;

function words(milliseconds, [day, hour, minute, left, late]) {
  const minutes = Math.floor(Math.abs(milliseconds) / MINUTE);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const parts = [];
  if (days) parts.push(`${days}${day}`);
  if (hours) parts.push(`${hours}${hour}`);
  if (!days && (minutes % 60 || !hours)) parts.push(`${minutes % 60}${minute}`);
  return `${parts.join(" ")} ${milliseconds >= 0 ? left : late}`;
}

function refresh() {
  for (const mark of document.querySelectorAll("[data-countdown]")) {
    const rest = Date.parse(mark.dateTime) - Date.now();
    if (Number.isNaN(rest)) continue;
    mark.textContent = words(rest, mark.dataset.countdown.split("|"));
    mark.toggleAttribute("data-late", rest < 0);
  }
}

refresh();
setInterval(refresh, 30_000);
