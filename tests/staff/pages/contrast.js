/* Words of a page that do not stand out from their ground: WCAG 2.2, AA, 4.5 to 1, and 3 to 1 for large letters.

   What is painted where a word stands is laid over one another, down to the page; words that nobody sees, scrolled away
   or covered, are left out. */

() => {
  const number = (text) => (text.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
  const colour = (text, opacity = 1) => {
    const [r, g, b, a = 1] = number(text.replace("srgb", ""));
    const whole = text.startsWith("color(") ? 255 : 1;
    return [r * whole, g * whole, b * whole, a * opacity];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const drawn = (element) => element instanceof SVGElement && element.tagName !== "svg";
  const painted = (element) => {
    const style = getComputedStyle(element);
    if (!drawn(element)) return colour(style.backgroundColor);
    return ["g", "text", "tspan"].includes(element.tagName) ? [0, 0, 0, 0] : colour(style.fill, Number(style.fillOpacity));
  };
  const seen = (element) => {
    let opacity = 1;
    for (let one = element; one; one = one.parentElement) opacity *= Number(getComputedStyle(one).opacity);
    return opacity;
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const words = (element) => {
    if (element.matches("input")) return element.value || element.placeholder;
    if (element.matches("select")) return element.selectedOptions[0]?.textContent ?? "";
    return [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join("").trim();
  };
  const ink = (element) => {
    const empty = element.matches("input") && !element.value;
    const style = empty ? getComputedStyle(element, "::placeholder") : getComputedStyle(element);
    return colour(drawn(element) ? style.fill : style.color, seen(element));
  };
  const place = (element) => {
    element.scrollIntoView({ block: "center" });
    const range = document.createRange();
    range.selectNodeContents(element);
    return element.matches("input, select") ? element.getBoundingClientRect() : range.getBoundingClientRect();
  };
  const found = [];
  let looked = 0;
  for (const element of document.body.querySelectorAll("*:not(script, style, option, template)")) {
    const text = words(element);
    if (!text || !element.checkVisibility({ visibilityProperty: true })) continue;
    const { left, top, width, height } = place(element);
    const stack = document.elementsFromPoint(left + width / 2, top + height / 2);
    if (!width || !stack.includes(element)) continue;
    looked += 1;
    let ground = [255, 255, 255, 1];
    for (const one of stack.slice(stack.indexOf(element)).reverse()) ground = over(painted(one), ground);
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = contrast(over(ink(element), ground), ground);
    if (ratio < (large ? 3 : 4.5)) found.push(`${ratio.toFixed(2)} ${element.tagName} ${element.className?.baseVal ?? element.className}: ${text}`);
  }
  return [looked, [...new Set(found)]];
}
