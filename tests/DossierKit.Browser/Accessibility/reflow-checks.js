// At 320 pixels: nothing is cut off, nothing makes the page scroll sideways but a region that says so and can be reached.
() => {
  const found = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    const wide = [...document.querySelectorAll('main *, header *, footer *, nav *')].filter(element => element.getBoundingClientRect().right > width + 1 && !element.closest('[tabindex="0"]') && element.getClientRects().length > 0);
    found.push(`The page scrolls sideways (${document.documentElement.scrollWidth} px): ${wide.slice(0, 3).map(element => element.outerHTML.slice(0, 120)).join(' | ')}`);
  }
  for (const element of document.querySelectorAll('main *')) {
    const style = getComputedStyle(element);
    const scrolls = /auto|scroll/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
    if (scrolls && !/^(TEXTAREA|SELECT|INPUT)$/.test(element.tagName) && !(element.tabIndex >= 0 && (element.getAttribute('aria-label') || element.getAttribute('aria-labelledby')))) found.push(`Scrolls sideways and no keyboard reaches it: ${element.outerHTML.slice(0, 140)}`);
    if (style.overflowX === 'hidden' && style.textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 2 && element.clientWidth > 24 && element.innerText) found.push(`Cut off: ${element.outerHTML.slice(0, 140)}`);
  }
  return found;
}
