import { describe, expect, it } from 'vitest';
import { mentionMarks, prepareCard } from '../../src/playground/page/teams/cards/prepare-card.ts';
import { isWebAddress, piecesOf } from '../../src/playground/page/teams/inline-text.ts';

const kinds = (text: string, marks: string[] = []) =>
  piecesOf(text, { marks, isMarkdown: true }).map((piece) => piece.kind);

describe('text in the Teams pane', () => {
  it('gives back every sign of text that is no markdown', () => {
    for (const text of ['<b>a</b> & c', 'a * b * c', '2_000_000', '[x](javascript:alert(1))', '**', '']) {
      const pieces = piecesOf(text, { marks: [], isMarkdown: false });
      expect(pieces.map((piece) => ('text' in piece ? piece.text : '\n')).join('')).toBe(text);
    }
  });

  it('makes links of web addresses only', () => {
    expect(kinds('[a](https://a.example)')).toEqual(['link']);
    for (const url of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '//a.example']) {
      expect(kinds(`[a](${url})`)).not.toContain('link');
      expect(isWebAddress(url)).toBe(false);
    }
  });

  it('takes as a mention only what the message or card lists', () => {
    expect(kinds('hi <at>Wei</at>', ['<at>Wei</at>'])).toEqual(['text', 'mention']);
    expect(kinds('hi <at>Eve</at>', ['<at>Wei</at>'])).toEqual(['text']);
    const entities = [
      { type: 'mention', text: '<at>Wei</at>' },
      { type: 'mention', text: '<img src=x>' },
      { type: 'other', text: '<at>Li</at>' },
    ];
    expect(mentionMarks({ msteams: { entities } })).toEqual(['<at>Wei</at>']);
  });

  it('reads bold, italic and lines apart', () => {
    expect(kinds('**a** _b_ *c*\nd')).toEqual(['bold', 'text', 'italic', 'text', 'italic', 'break', 'text']);
  });
});

describe('a card that is drawn', () => {
  it('names every button by its place, and leaves what the app put into it alone', () => {
    const data = { type: 'Action.Execute', id: 'mine' };
    const card = {
      body: [{ type: 'ActionSet', actions: [{ type: 'Action.Execute', title: 'a', data }] }],
      actions: [{ type: 'Action.Submit', id: 'b', data }],
    };
    expect(prepareCard(card)).toEqual({
      body: [
        {
          type: 'ActionSet',
          actions: [{ type: 'Action.Execute', title: 'a', data, id: '/body/0/actions/0' }],
        },
      ],
      actions: [{ type: 'Action.Submit', id: '/actions/0', data }],
    });
  });

  it('asks for choices itself where the app offers them as one types', () => {
    const input = { type: 'Input.ChoiceSet', id: 'a', choices: [] };
    const query = { 'choices.data': { type: 'Data.Query', dataset: 'x' } };
    expect(prepareCard({ body: [input, { ...input, ...query }] }).body).toEqual([
      input,
      { ...input, ...query, type: 'Input.TypeAhead' },
    ]);
  });
});
