/** A page that frames the tab the way Teams does: answers the SDK's questions, serves a theme and a token. */
export const hostPage = `<!doctype html><html lang="en"><title>Host</title>
<style>html,body,iframe{margin:0;border:0;width:100%;height:100%;display:block}body{height:100vh}</style>
<script src="/host.js"></script><iframe id="tab" title="Tab" src="/tab/"></iframe></html>`;

/**
 * A same-origin parent is trusted by the SDK. Requests are \`{ id, func, args }\`, answers \`{ id, uuid, args }\`;
 * a theme is pushed as \`{ func: 'themeChange', args: [theme] }\`.
 */
export const hostScript = `
const asked = [];
let theme = 'dark';
window.asked = asked;
window.changeTheme = (to) => {
  theme = to;
  document.getElementById('tab').contentWindow.postMessage({ func: 'themeChange', args: [to] }, location.origin);
};
addEventListener('message', (event) => {
  const { id, uuid, uuidAsString, func } = event.data ?? {};
  if (typeof func !== 'string' || event.origin !== location.origin) return;
  asked.push(func);
  const answer = (args) =>
    event.source.postMessage({ id, uuid, uuidAsString, args }, event.origin);
  if (func === 'initialize') return answer(['content', 'web', JSON.stringify({ apiVersion: 4, supports: {} }), '2.0.0']);
  if (func === 'getContext') {
    return answer([{ theme, locale: 'en-us', hostClientType: 'web', frameContext: 'content', entityId: 'tab', userObjectId: 'u' }]);
  }
  if (func === 'authentication.getAuthToken') return answer([true, 'header.payload.signature']);
});
`;
