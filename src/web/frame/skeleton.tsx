/** Stands where the content will, so that nothing jumps when it comes. */
export function Skeleton({ label, rows = 4 }: { label: string; rows?: number }) {
  return (
    <div className="skeleton" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, index) => index).map((index) => (
        <div key={index} className="skeleton-row" />
      ))}
    </div>
  );
}
