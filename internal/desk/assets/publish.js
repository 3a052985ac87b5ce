// A job that is at work: how far it is, asked for again and again. When it has ended the page
// that tells how is loaded.
const job = document.querySelector('.job[data-running]');

function put(name, text) {
  const at = job.querySelector(`[data-job=${name}]`);
  if (at.textContent !== text) at.textContent = text; // a screen reader hears it once
}

async function look() {
  let now;
  try {
    const r = await fetch('/_studio/publish/job/', { headers: { Accept: 'application/json' } });
    if (!r.ok) return;
    now = await r.json();
  } catch { return; } // the desk has ended
  if (!now.running) {
    location.replace('/_studio/publish/');
    return;
  }
  now.steps.forEach((s, i) => { job.querySelectorAll('.steps li')[i].className = s.state; });
  const bar = job.querySelector('[data-job=bar]');
  if (now.total) {
    bar.max = now.total;
    bar.value = now.done;
  } else bar.removeAttribute('value');
  put('now', now.now);
  put('count', now.count);
  put('note', now.note);
  setTimeout(look, 300);
}

if (job) look();
