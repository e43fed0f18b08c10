// The page's half of stopwatch.ts. Plain JavaScript, because it is put into the page as it stands.

(() => {
  let armed = null;
  const look = () => {
    if (armed === null || armed.startedAt === null) return;
    if (document.querySelector(armed.watched.until) === null) return;
    armed.done(performance.now() - armed.startedAt);
    armed = null;
  };
  const started = (event) => {
    if (armed === null || armed.startedAt !== null) return;
    const { start } = armed.watched;
    const isClick = start.kind === 'click' && event.type === 'click';
    const isKey = start.kind === 'key' && event.type === 'keydown' && event.key === start.key;
    if (isClick || isKey) armed.startedAt = event.timeStamp;
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  });
  window.addEventListener('keydown', started, { capture: true });
  window.addEventListener('click', started, { capture: true });
  window.stopwatch = {
    result: null,
    arm(watched) {
      window.stopwatch.result = new Promise((done) => {
        armed = { startedAt: watched.start.kind === 'navigation' ? 0 : null, watched, done };
      });
      look();
    },
  };
})();
