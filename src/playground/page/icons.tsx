const paths = {
  hash: 'M6 2 4.6 14M11.4 2 10 14M2.4 5.6h11.4M2 10.4h11.4',
  lock: 'M4.5 7V5a3.5 3.5 0 0 1 7 0v2M3.5 7h9v6.5h-9z',
  send: 'M2 8 14 2.5 11 13.5 7.6 9.2zM7.6 9.2 14 2.5',
  bolt: 'M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  reply: 'M6.5 3.5 2.5 7.5l4 4M3 7.5h6.5a4 4 0 0 1 4 4v1.5',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  clock: 'M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM8 4.5V8l2.5 1.8',
  chevron: 'M4 6l4 4 4-4',
  people:
    'M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM1.5 13.5a4.5 4.5 0 0 1 9 0M10.5 3a2.3 2.3 0 0 1 0 4.3M12 9.6a4.4 4.4 0 0 1 2.6 3.9',
  warning: 'M8 2 1.5 13.5h13zM8 6.5v3.2M8 11.6h.01',
  check: 'M3 8.5 6.5 12 13 4.5',
  chat: 'M2.5 3h11v8H8l-3.5 2.8V11h-2z',
  board: 'M2.5 3h3v10h-3zM6.8 3h3v7h-3zM11 3h3v4.5h-3z',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3 14 14',
} as const;

export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg className={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
