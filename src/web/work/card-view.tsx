import type { ScreenBlock, ScreenButton, ScreenCard, ScreenLink } from '../../view/screen.ts';
import { BarsView } from './bars-view.tsx';
import { keyed } from './keyed.ts';
import { plainWords } from './plain-words.ts';
import { TableView } from './table-view.tsx';
import { useWork } from './use-work.ts';
import { SafeLink, WordsView } from './words-view.tsx';

const signs = { ok: '✓', warn: '!', stop: '×', info: 'i', plain: '' } as const;

export function CardTitle({ card, level, id }: { card: ScreenCard; level: 1 | 2; id?: string }) {
  const Heading = `h${level}` as const;
  return (
    <Heading className="card-title" id={id} tabIndex={level === 1 ? -1 : undefined}>
      <ToneSign tone={card.tone} />
      <span>{card.title && <WordsView of={card.title} />}</span>
    </Heading>
  );
}

/** A picture beside words that say the same. */
export function ToneSign({ tone }: Pick<ScreenCard, 'tone'>) {
  if (signs[tone] === '') return null;
  return (
    <span className={`sign sign-${tone}`} aria-hidden="true">
      {signs[tone]}
    </span>
  );
}

export function Blocks({ blocks }: { blocks: readonly ScreenBlock[] }) {
  return keyed(blocks, ({ t }) => t).map(({ key, item }) => <BlockView key={key} block={item} />);
}

function BlockView({ block }: { block: ScreenBlock }) {
  switch (block.t) {
    case 'heading':
      return (
        <h3 className="block-heading">
          <WordsView of={block.of} />
        </h3>
      );
    case 'text':
      return (
        <p className="block-text">
          <WordsView of={block.of} />
        </p>
      );
    case 'context':
      return (
        <p className="block-text small">
          <WordsView of={block.of} />
        </p>
      );
    case 'quote':
      return (
        <blockquote className="block-quote">
          <WordsView of={block.of} />
        </blockquote>
      );
    case 'fields':
      return (
        <dl className="facts">
          {keyed(block.fields, ({ label }) => plainWords(label)).map(({ key, item: { label, value } }) => (
            <div key={key} className="fact">
              <dt>
                <WordsView of={label} />
              </dt>
              <dd>
                <WordsView of={value} />
              </dd>
            </div>
          ))}
        </dl>
      );
    case 'rows':
      return <RowsView rows={block.rows} />;
    case 'table':
      return <TableView table={block} />;
    case 'bars':
      return <BarsView title={block.title} bars={block.bars} />;
    case 'divider':
      return <hr className="divider" />;
    case 'buttons':
      return <ButtonsView buttons={block.buttons} />;
    default:
      return block satisfies never;
  }
}

function RowsView({ rows }: Pick<Extract<ScreenBlock, { t: 'rows' }>, 'rows'>) {
  return (
    <ul className="rows">
      {keyed(rows, ({ text }) => plainWords(text)).map(({ key, item: row }) => (
        <li key={key} className="row">
          <div className="row-words">
            <p>
              <WordsView of={row.text} />
            </p>
            {row.detail && (
              <p className="small">
                <WordsView of={row.detail} />
              </p>
            )}
          </div>
          {row.buttons.length > 0 && <ButtonsView buttons={row.buttons} isSmall />}
        </li>
      ))}
    </ul>
  );
}

export function ButtonsView({
  buttons,
  isSmall = false,
}: {
  buttons: readonly (ScreenButton | ScreenLink)[];
  isSmall?: boolean;
}) {
  if (buttons.length === 0) return null;
  return (
    <div className={isSmall ? 'buttons buttons-small' : 'buttons'}>
      {keyed(buttons, ({ label }) => label).map(({ key, item: button }) =>
        'url' in button ? (
          <SafeLink key={key} url={button.url} className="button">
            {button.label}
          </SafeLink>
        ) : (
          <PressButton key={key} button={button} />
        ),
      )}
    </div>
  );
}

export function PressButton({ button }: { button: ScreenButton }) {
  const { press, pressing } = useWork();
  const isPressing = pressing === JSON.stringify(button.press);
  return (
    <button
      type="button"
      className={`button ${button.style ? `button-${button.style}` : ''}`}
      aria-busy={isPressing || undefined}
      onClick={() => void press(button.press)}
    >
      {button.label}
    </button>
  );
}
