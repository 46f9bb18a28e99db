// What axe does not look at. Answers a list of sentences; empty when all is well.
() => {
  const found = [];
  const say = (what, element) => found.push(`${what}: ${element ? element.outerHTML.slice(0, 160) : ''}`);
  const shown = element => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && element.getClientRects().length > 0;
  const squeeze = text => (text || '').replace(/\s+/g, ' ').trim().toLowerCase();

  if (document.documentElement.lang !== 'nl') say('The page does not say it is Dutch');
  if (document.querySelectorAll('h1').length !== 1) say(`${document.querySelectorAll('h1').length} h1 instead of one`);
  if (!/\S - DossierKit$/.test(document.title)) say(`The title '${document.title}' does not end in the name of the program`);
  if (document.querySelector('[style], style')) say('Style in the page itself', document.querySelector('[style], style'));
  if (document.querySelector('script:not([src])')) say('Script in the page itself');
  const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
  ids.filter((id, index) => ids.indexOf(id) !== index).forEach(id => say(`The id '${id}' stands twice`));
  document.querySelectorAll('[tabindex]').forEach(element => { if (element.tabIndex > 0) say('A tabindex of its own changes the order', element); });

  // Label in name (2.5.3): who speaks what he reads must reach it.
  document.querySelectorAll('a[aria-label], button[aria-label], input[aria-label], [role=button][aria-label]').forEach(element => {
    const words = squeeze(element.innerText || (element.type === 'submit' ? element.value : ''));
    if (words && !squeeze(element.getAttribute('aria-label')).includes(words)) say('What is read is not in the name', element);
  });

  // Every stop of the Tab key shows that it is there.
  const stops = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], [tabindex="0"]')].filter(element => !element.disabled && shown(element));
  const looks = element => { const s = getComputedStyle(element); return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.borderColor, s.textDecorationLine].join('|'); };
  const before = document.activeElement;
  for (const stop of stops) {
    stop.blur();
    const rest = looks(stop), restLabel = stop.labels && stop.labels[0] ? looks(stop.labels[0]) : '';
    stop.focus({ focusVisible: true, preventScroll: true });
    if (document.activeElement !== stop) continue;
    const style = getComputedStyle(stop);
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    const changed = looks(stop) !== rest || (stop.labels && stop.labels[0] && looks(stop.labels[0]) !== restLabel);
    if (!(outlined && changed) && !(changed && style.boxShadow !== 'none')) say(`The focus is hardly seen (outline ${style.outlineStyle} ${style.outlineWidth})`, stop);
    stop.blur();
  }
  if (before && before.focus) before.focus({ preventScroll: true });

  // The skip link is out of sight until it has the focus, and leads to the content.
  const skip = document.querySelector('a[href^="#"]');
  const seen = element => { const box = element.getBoundingClientRect(); const s = getComputedStyle(element); return box.bottom > 0 && box.right > 0 && box.width > 1 && box.height > 1 && s.opacity !== '0' && s.visibility !== 'hidden' && !/inset\(50%\)|rect\(1px|rect\(0px/.test(s.clipPath + s.clip); };
  if (!skip) say('No skip link');
  else {
    skip.blur();
    if (seen(skip)) say('The skip link is always in sight', skip);
    skip.focus({ focusVisible: true });
    if (!seen(skip)) say('The skip link stays out of sight with the focus', skip);
    skip.blur();
    if (!document.getElementById(skip.getAttribute('href').slice(1))) say('The skip link leads nowhere', skip);
  }

  // Dutch for people: no word of English, and nothing of the machine shows through.
  const text = document.body.innerText;
  const machine = text.match(/\b(undefined|NaN|null|System\.[A-Z]\w+|\[object \w+\]|DossierKit\.[A-Z]\w+|lorem|TODO)\b|\{\{|\}\}|&(amp|lt|gt|quot|#\d+);/);
  if (machine) say(`The machine shows through: '${machine[0]}'`);
  const english = text.match(/\b(the|with|your|please|submit|cancel|delete|search|loading|sign in|sign out|log in|settings|choose file|no file|required|invalid|error|save|next|previous|file name|upload failed|not found|unknown|true|false)\b/i);
  if (english) say(`English: '${text.slice(Math.max(0, english.index - 30), english.index + 40).replace(/\s+/g, ' ')}'`);
  return found;
}
