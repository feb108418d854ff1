/** English texts of discounts. */
export const en = {
  discount: 'Discount',
  deal: 'Deal',
  quote: 'Quote',
  percent: 'Discount',
  note: 'Why',
  result: 'price after',
  account: 'customer',
  'taken-back': 'taken back',

  'ask-title': 'Ask for a discount',
  'ask-summary': 'Ask for a discount on a deal; whoever has to decide is told at once',
  'doing-ask': 'ask for a discount on',
  'no-undo':
    'Take a request back with its Withdraw button. A discount that was granted ends when you set another amount.',

  off: '{percent} off ({zhe})',
  headline: '{off} {deal}: {base} → {result}',
  'headline-open': '{off} {deal}',
  'on-quote': '{quote} v{version}',
  sure: '{off} {deal}: is that meant?',
  'sure-result': '{base} → {result}',
  asked: '{off} {deal}: {base} → {result}',
  'goes-to': 'Goes to {people}',
  'goes-then': 'then {people}',
  'answer-by': 'answer by {at}',
  granted: '{off} {deal}: {base} → {result}',
  'granted-free': 'Nobody needs to approve up to {percent}.',
  'granted-plain': 'Nobody needs to approve this.',
  withdraw: 'Withdraw',
  open: 'Open',
  ask: 'Ask',
  'open-record': 'Open {number}',

  'no-amount': '{deal} has no amount yet. Set it with {line}, or quote the deal.',
  'too-little': 'A discount lies above 0 % and below 100 %. Say it like {line}.',
  'too-large':
    'The price before any discount is beyond {most}, the most that can be kept. Check the price book.',
  'no-difference': '{percent} of {base} is less than the smallest coin. Say more, like {line}.',
  'already-granted':
    '{granted} is granted on {deal} already ({base} → {result}). A discount is counted from the price before any: say the whole of it, like {line}.',
  'not-that-quote': '{quote} does not belong to {deal}, or is not open any more.',

  'counter-needs': 'Say how much instead, for example {line}.',
  'counter-percent': 'Asked for is {asked}: offer less than that, or approve it as it is.',
  'counter-granted': '{granted} is granted already: offer more than that, or reject.',
  'counter-price': 'As an amount, say the price to pay: more than {result} and less than {base}.',
  'counter-currency': 'The price is in {currency}.',

  'margin-after': 'Margin after {margin} (floor {floor})',
  'margin-after-plain': 'Margin after {margin}',
  'margin-below': '⚠ Margin after {margin}, below the floor of {floor}',
  'margin-most-below':
    '⚠ Margin after at most {margin}, below the floor of {floor} (not every cost is known)',
  'margin-unknown': 'Margin not known (floor {floor})',
  'margin-unknown-plain': 'Margin not known',
  class: 'class {class}',
  earlier: 'Earlier discounts: {percents}',
  'earlier-rising': 'Earlier discounts: {percents} (rising ⚠)',
  rival: 'rival {name}',
  close: 'close {on}',

  section: 'Discount',
  'row-pending': '{number} {off}',
  'row-waits': 'waits for {people}',
  'row-nobody': 'nobody can decide at the moment',
  'row-granted': '{off}: {base} → {result}',
  'row-by': 'granted by {name} {on}',
  'row-alone': 'granted by the rules {on}',
  'moved-discounts': '{count, plural, one {# discount} other {# discounts}}',

  'still-open': '{approval} on {deal} is not decided yet. Wait for the answer, or withdraw it first.',
  'won-below':
    '{deal} would be won {percent} below the price book ({base} → {result}), and nobody has agreed to that. Ask with {line}.',
  'not-covered':
    '{quote} is {percent} below the price book ({base} → {result}), and nobody has agreed to that. Ask with {line}, or raise the total with {set}.',
  'not-yet-covered':
    '{quote} is {percent} below the price book ({base} → {result}). {approval} on this deal is not decided yet.',
} as const;
