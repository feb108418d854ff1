import { TextBlock } from 'adaptivecards';
import { type Piece, piecesOf } from '../inline-text.ts';

/** A TextBlock whose markdown is made of text nodes; the library would make HTML of it. */
export function textBlockWith(marks: readonly string[]): new () => TextBlock {
  return class DeadTextBlock extends TextBlock {
    protected override internalRender(): HTMLElement | undefined {
      const element = super.internalRender();
      if (element && this.text) {
        // After the library's own text, so that its {{DATE(…)}} is done.
        const shown = element.textContent === '' ? this.text : element.innerText;
        element.replaceChildren(...piecesOf(shown, { marks, isMarkdown: true }).map(nodeOf));
      }
      return element;
    }
  };
}

function nodeOf(piece: Piece): Node {
  switch (piece.kind) {
    case 'text':
      return document.createTextNode(piece.text);
    case 'break':
      return document.createElement('br');
    case 'bold':
      return wrapped('strong', piece.text);
    case 'italic':
      return wrapped('em', piece.text);
    case 'mention': {
      const element = wrapped('span', piece.text);
      element.className = 'mention';
      return element;
    }
    case 'link': {
      const link = document.createElement('a');
      link.href = piece.url;
      link.textContent = piece.text;
      return link;
    }
    default:
      return piece satisfies never;
  }
}

function wrapped(name: 'strong' | 'em' | 'span', text: string): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}
