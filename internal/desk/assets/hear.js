// hear tells what a stream of events says, for as long as somebody looks at the page: a browser
// has six connections to one address, and pages that lie behind others must not take them. Who
// looks again is told anew how it is.
export function hear(address, told) {
  let events = null;
  function follow() {
    const looked = document.visibilityState === 'visible';
    if (looked && !events) {
      events = new EventSource(address);
      events.onmessage = (event) => told(event.data);
    } else if (!looked && events) {
      events.close();
      events = null;
    }
  }
  document.addEventListener('visibilitychange', follow);
  addEventListener('pageshow', follow);
  addEventListener('pagehide', () => {
    events?.close();
    events = null;
  });
  follow();
}
