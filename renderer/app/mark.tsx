/** The app's mark: a key laid on a bench line. Decorative beside the name. */
export function Mark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" className="shrink-0">
      <rect width="20" height="20" rx="5" fill="var(--color-accent-solid)" />
      <g fill="none" stroke="var(--color-on-accent)" strokeWidth="1.8" strokeLinecap="round">
        <circle cx="7" cy="8.2" r="2.4" />
        <path d="M9.4 8.2h6M13 8.2v2.2M15.4 8.2v2.2M4.6 14.6h10.8" />
      </g>
    </svg>
  );
}
