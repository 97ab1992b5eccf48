import { TriangleAlert } from 'lucide-react';
import type { KeyInfo } from '../../../preload/contract/keys.ts';
import { useNavigation } from '../../host/navigation.ts';
import { useKeyLeaks } from '../../host/scanner.ts';
import { Button } from '../../ui/button.tsx';
import { messages } from './messages.ts';

/** Says that the scanner has found this key in repositories, and leads there. Nothing when it has not. */
export function KeyLeaks({ info }: { info: KeyInfo }) {
  const navigation = useNavigation();
  const leaks = useKeyLeaks(info.id);
  if (!leaks) return null;
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-danger/40 bg-danger/8 px-3 py-2 text-sm">
      <TriangleAlert size={16} aria-hidden="true" className="shrink-0 text-danger" />
      <p className="min-w-30 flex-1 font-medium text-fg">{messages.detail.foundIn(leaks.repos)}</p>
      <Button size="sm" onClick={() => navigation.showFindings(info.name)}>
        {messages.actions.showLeaks}
      </Button>
    </div>
  );
}
