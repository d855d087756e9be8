// What tests/browser/walks.py asks of a page; an object of functions.
({
  /** Texts and controls of which a part cannot be seen or scrolled to. A line that ends in an ellipsis on purpose is told by `strict` alone. */
  cutOff(strict) {
    const aside = ".leaflet-container, svg, .sr-only, .skip, dialog, noscript";
    // in a box that scrolls, or in one of a single pixel that only speaks
    const scrolls = (one) => {
      for (let up = one.parentElement; up && up !== document.body; up = up.parentElement) {
        if (["auto", "scroll"].includes(getComputedStyle(up).overflowX) || up.clientWidth === 1) return true;
        if (getComputedStyle(up).clipPath !== "none" || getComputedStyle(up).clip !== "auto") return true;
      }
      return false;
    };
    const hides = (value) => ["hidden", "clip"].includes(value);
    const found = [];
    for (const one of document.querySelectorAll("body *")) {
      const box = one.getBoundingClientRect();
      const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
      const isControl = ["INPUT", "SELECT", "TEXTAREA", "BUTTON"].includes(one.tagName);
      if (one.closest(aside) || !(own || isControl) || box.width <= 1 || box.height <= 1) continue;
      if (!one.checkVisibility({ visibilityProperty: true })) continue;
      const style = getComputedStyle(one);
      const name = `${one.tagName}.${one.className} “${one.textContent.trim().slice(0, 30)}”`;
      if ((box.right > innerWidth + 1 || box.left < -1) && !scrolls(one)) found.push(`${name} leaves the window`);
      const onPurpose = !strict && style.textOverflow === "ellipsis";
      if (own && hides(style.overflowX) && !onPurpose && one.scrollWidth > one.clientWidth + 1) found.push(`${name} is cut short`);
      if (own && hides(style.overflowY) && one.scrollHeight > one.clientHeight + 2) found.push(`${name} is cut off below`);
    }
    return found;
  },

  /** The share of the window's height that is taken by what does not scroll away. */
  covered() {
    let taken = 0;
    for (const one of document.querySelectorAll("body *")) {
      const style = getComputedStyle(one);
      const box = one.getBoundingClientRect();
      if (!["fixed", "sticky"].includes(style.position) || !one.checkVisibility() || box.width < innerWidth / 2) continue;
      const atTop = style.top !== "auto" && Math.abs(box.top - parseFloat(style.top)) < 1;
      const atFoot = style.bottom !== "auto" && Math.abs(innerHeight - box.bottom - parseFloat(style.bottom)) < 1;
      if (style.position === "sticky" && !atTop && !atFoot) continue;
      taken += Math.max(0, Math.min(box.bottom, innerHeight) - Math.max(box.top, 0));
    }
    return taken / innerHeight;
  },

  /** The element that has the focus: which one, and whether one sees it; null at the end of the page. */
  here() {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    window.walked ||= 0;
    one.dataset.walk ||= String(++window.walked);
    const drawn = (thing) => {
      const style = thing && getComputedStyle(thing);
      return Boolean(style) && ((style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none");
    };
    const box = one.getBoundingClientRect();
    const words = one.textContent.trim() || one.getAttribute("aria-label") || one.labels?.[0]?.textContent || "";
    return {
      walk: one.dataset.walk, tag: one.tagName, href: one.getAttribute("href") || "", name: one.name || "",
      words: words.trim().replace(/\s+/g, " ").slice(0, 40),
      ring: drawn(one) || drawn(one.labels?.[0]),
      inside: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
  },

  /** What can be used and was never come to; of a group of radio buttons one is enough. */
  missed() {
    const folded = (one) => {
      for (let up = one.parentElement; up; up = up.parentElement) {
        if (up.matches("details:not([open])") && !up.querySelector(":scope > summary")?.contains(one)) return true;
      }
      return false;
    };
    const found = [];
    for (const one of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
      const away = one.disabled || one.tabIndex < 0 || folded(one) || one.closest("dialog:not([open])");
      if (away || one.dataset.walk || !one.checkVisibility({ visibilityProperty: true })) continue;
      if (one.type === "radio" && document.querySelector(`input[name="${one.name}"][data-walk]`)) continue;
      found.push(`${one.tagName} ${one.name || ""} ${one.textContent.trim().slice(0, 30) || one.getAttribute("aria-label") || ""}`);
    }
    return found;
  },
})
