import { asJson, asList, asText, isJson } from '../../json.ts';
import { Fence } from '../fence.tsx';
import { inOrder } from '../in-order.ts';
import type { Json } from '../model.ts';
import { useSurroundings } from '../surroundings.ts';
import { Chart } from './chart.tsx';
import { Element } from './element.tsx';
import { Markdown } from './markdown.tsx';
import { RichText } from './rich-text.tsx';
import { useSurface } from './surface.ts';
import { Table } from './table.tsx';
import { Picture, Text, wordsOf } from './text.tsx';

export function Blocks({ blocks }: { blocks: Json[] }) {
  const { words } = useSurroundings();
  return (
    <div className="blocks">
      {blocks.map((block) => (
        <Fence key={asText(block.block_id)} label={words.unsupported(asText(block.type))}>
          <Block block={block} />
        </Fence>
      ))}
    </div>
  );
}

function Block({ block }: { block: Json }) {
  const { words } = useSurroundings();
  switch (block.type) {
    case 'header':
      return <h3 className="block-header">{wordsOf(block.text)}</h3>;
    case 'section':
      return <Section block={block} />;
    case 'rich_text':
      return <RichText elements={asList(block.elements)} />;
    case 'context':
      return <Context elements={asList(block.elements)} />;
    case 'actions':
      return (
        <div className="block-actions">
          {asList(block.elements).map((element) => (
            <Element key={asText(element.action_id)} block={block} element={element} />
          ))}
        </div>
      );
    case 'input':
      return <Input block={block} />;
    case 'divider':
      return <hr className="block-divider" />;
    case 'image':
      return (
        <figure className="block-image">
          {isJson(block.title) && <figcaption>{wordsOf(block.title)}</figcaption>}
          <Picture of={block} className="picture" />
        </figure>
      );
    case 'markdown':
      return <Markdown text={asText(block.text)} />;
    case 'table':
      return <Table block={block} />;
    case 'data_visualization':
      return <Chart block={block} />;
    default:
      return <p className="unsupported">{words.unsupported(asText(block.type))}</p>;
  }
}

function Section({ block }: { block: Json }) {
  const { accessory } = block;
  const isPicture = asJson(accessory).type === 'image';
  return (
    <div className="block-section">
      <div className="block-section-text">
        {isJson(block.text) && <Text of={block.text} />}
        {Array.isArray(block.fields) && (
          <div className="fields">
            {inOrder(asList(block.fields), (field) => (
              <div className="field">
                <Text of={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {isJson(accessory) && (
        <div className="block-accessory">
          {isPicture ? (
            <Picture of={accessory} className="accessory-picture" />
          ) : (
            <Element block={block} element={accessory} />
          )}
        </div>
      )}
    </div>
  );
}

function Context({ elements }: { elements: Json[] }) {
  return (
    <div className="block-context">
      {inOrder(elements, (element) =>
        element.type === 'image' ? (
          <Picture of={element} className="context-picture" />
        ) : (
          <Text of={element} />
        ),
      )}
    </div>
  );
}

function Input({ block }: { block: Json }) {
  const { words } = useSurroundings();
  const { errors } = useSurface();
  const id = asText(block.block_id);
  const error = errors[id];
  const element = asJson(block.element);
  const isGroup = element.type === 'checkboxes' || element.type === 'radio_buttons';
  const look = error ? 'block-input has-error' : 'block-input';
  const label = (
    <>
      {wordsOf(block.label)}
      {block.optional === true && <span className="input-optional"> {words.optional}</span>}
    </>
  );
  const rest = (
    <>
      <Element block={block} element={element} />
      {error && (
        <p className="input-error" role="alert">
          {error}
        </p>
      )}
      {isJson(block.hint) && <p className="input-hint">{wordsOf(block.hint)}</p>}
    </>
  );
  if (isGroup) {
    return (
      <fieldset className={look}>
        <legend className="input-label">{label}</legend>
        {rest}
      </fieldset>
    );
  }
  return (
    <div className={look}>
      <label className="input-label" htmlFor={`input-${id}`}>
        {label}
      </label>
      {rest}
    </div>
  );
}
