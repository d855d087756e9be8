// Keeps "2시간 5분 남음" true while a page stays open.
const MINUTE = 60_000;

function words(milliseconds) {
  const minutes = Math.floor(Math.abs(milliseconds) / MINUTE);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const parts = [];
  if (days) parts.push(`${days}일`);
  if (hours) parts.push(`${hours}시간`);
  if (!days && (minutes % 60 || !hours)) parts.push(`${minutes % 60}분`);
  return `${parts.join(" ")} ${milliseconds >= 0 ? "남음" : "지남"}`;
}

function refresh() {
  for (const mark of document.querySelectorAll("[data-countdown]")) {
    const rest = Date.parse(mark.dateTime) - Date.now();
    if (Number.isNaN(rest)) continue;
    mark.textContent = words(rest);
    mark.toggleAttribute("data-late", rest < 0);
  }
}

refresh();
setInterval(refresh, 30_000);
