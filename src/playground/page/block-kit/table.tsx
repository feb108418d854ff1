import { asJson, asList, asText } from '../../json.ts';
import { inOrder } from '../in-order.ts';
import type { Json } from '../model.ts';
import { RichText } from './rich-text.tsx';

export function Table({ block }: { block: Json }) {
  const rows = (Array.isArray(block.rows) ? block.rows : []).map((row) => asList(row));
  const settings = Array.isArray(block.column_settings) ? block.column_settings : [];
  const [head = [], ...body] = rows;
  const look = (column: number) => {
    const { align, is_wrapped } = asJson(settings[column]);
    return `align-${asText(align) || 'left'}${is_wrapped ? ' wrapped' : ''}`;
  };
  return (
    <div className="table-scroll">
      <table>
        <thead>
          <tr>
            {inOrder(head, (cell, column) => (
              <th scope="col" className={look(column)}>
                <Cell cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {inOrder(body, (row) => (
            <tr>
              {inOrder(row, (cell, column) => (
                <td className={look(column)}>
                  <Cell cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ cell }: { cell: Json }) {
  if (cell.type === 'rich_text') return <RichText elements={asList(cell.elements)} />;
  return asText(cell.text);
}
