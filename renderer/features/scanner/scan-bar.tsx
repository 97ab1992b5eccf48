import type { Run } from '../../../preload/contract/scanner.ts';
import { cx } from '../../ui/cx.ts';
import { messages } from './messages.ts';

/** How far a scan is. Without a share the bar says only that something is being done. */
export function ScanBar({ run, name, className }: { run: Run; name: string; className?: string }) {
  const percent = run.share === null ? null : Math.floor(run.share * 100);
  return (
    <div
      role="progressbar"
      aria-label={`${messages.scan.phase(run)}, ${name}`}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === null ? {} : { 'aria-valuenow': percent })}
      className={cx('h-1 overflow-hidden rounded-sm bg-hover', className)}
    >
      <div
        className={cx('h-full origin-left bg-accent', percent === null && 'opacity-40')}
        style={{ transform: `scaleX(${percent === null ? 1 : (run.share ?? 0)})` }}
      />
    </div>
  );
}
