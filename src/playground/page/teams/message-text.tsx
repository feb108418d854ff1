import type { TeamsMessage } from '../../teams/screen-model.ts';
import { inOrder } from '../in-order.ts';
import { piecesOf } from './inline-text.ts';

/** The words of a message; mentions stand out, and markup means something only where the format says so. */
export function MessageText({ message }: { message: TeamsMessage }) {
  const marks = (message.mentions ?? []).map(({ text }) => text);
  const pieces = piecesOf(message.text ?? '', { marks, isMarkdown: message.textFormat === 'markdown' });
  return (
    <p className="plain">
      {inOrder(pieces, (piece) => {
        switch (piece.kind) {
          case 'break':
            return <br />;
          case 'bold':
            return <strong>{piece.text}</strong>;
          case 'italic':
            return <em>{piece.text}</em>;
          case 'mention':
            return <span className="mention">{piece.text}</span>;
          case 'link':
            return (
              <a href={piece.url} target="_blank" rel="noopener noreferrer">
                {piece.text}
              </a>
            );
          default:
            return piece.text;
        }
      })}
    </p>
  );
}
