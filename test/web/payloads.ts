import type { ScreenCard, ScreenForm } from '../../src/view/screen.ts';

const vectors = [
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<script>alert(1)</script>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '<details open ontoggle=alert(1)>',
  '<math><mtext></table><mglyph><style><img src=x onerror=alert(1)>',
  '<input autofocus onfocus=alert(1)>',
  '<video><source onerror=alert(1)></video>',
  '<object data="javascript:alert(1)"></object>',
  '<embed src="data:text/html,<script>alert(1)</script>">',
  '<body onload=alert(1)>',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  '<link rel=stylesheet href="https://evil.example/x.css">',
  '<form action="javascript:alert(1)"><button>x</button></form>',
  '<marquee onstart=alert(1)>x</marquee>',
  '<template><img src=x onerror=alert(1)></template>',
  'javascript:alert(1)',
  '{{constructor.constructor("alert(1)")()}}',
] as const;

/** Ways out of the places text may stand in. */
const breakouts = ['', '">', "'>", '</textarea>', '</title>', '</script>', '-->', ']]>', '`${', '\u202e'];

/** Two hundred of them. */
export const payloads = breakouts.flatMap((out) => vectors.map((vector) => `${out}${vector}`));

/** A card that has every payload in every place a card has. */
export function cardOfPayloads(): ScreenCard {
  const words = payloads.map((text) => [{ text }]);
  const press = { a: 'deals.list', i: {} };
  return {
    tone: 'warn',
    title: payloads.map((text) => ({ text, bold: true })),
    text: payloads.join('\n'),
    blocks: [
      ...words.flatMap((of) => [
        { t: 'heading' as const, of },
        { t: 'text' as const, of: of.map((span) => ({ ...span, url: span.text, code: true as const })) },
        { t: 'context' as const, of },
        { t: 'quote' as const, of: of.map((span) => ({ ...span, mention: span.text })) },
      ]),
      { t: 'fields', fields: words.map((of) => ({ label: of, value: of })) },
      {
        t: 'rows',
        rows: words.map((of, index) => ({
          text: of,
          detail: of,
          buttons: [{ label: payloads[index] ?? '', press }],
        })),
      },
      {
        t: 'table',
        columns: words.slice(0, 6).map((label) => ({ label, align: 'left' })),
        cells: [words.slice(6, 12)],
      },
      { t: 'bars', title: words[0] ?? [], bars: words.map((of) => ({ label: of, value: 1, text: of })) },
      { t: 'buttons', buttons: payloads.map((text) => ({ label: text, url: text })) },
    ],
  };
}

/** A form that has every payload in every place a form has. */
export function formOfPayloads(): ScreenForm {
  return {
    press: { a: 'leads.create', i: {} },
    title: payloads.join(' '),
    submit: payloads[0] ?? '',
    intro: payloads.map((text) => ({ text })),
    fields: payloads.map((text, index) => ({
      name: `f${index}`,
      kind: (['text', 'note', 'oneOf', 'manyOf', 'flag', 'ref'] as const)[index % 6] ?? 'text',
      label: text,
      required: false,
      multiline: index % 6 === 1,
      hint: text,
      placeholder: text,
      options: [{ value: text, label: text }],
      ...(index % 6 === 5 ? { lookups: ['deal'], valueLabel: text } : {}),
      value: text,
      error: text,
    })),
  };
}
