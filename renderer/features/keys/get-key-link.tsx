import { ExternalLink } from 'lucide-react';
import { errorText, getApi } from '../../host/api.ts';
import { toast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';

/** Opens the provider's page for keys, outside the app. */
export function GetKeyLink({ url }: { url: string }) {
  if (url === '') return null;
  const open = () => {
    getApi()
      ['app.openLink']({ url })
      .catch((error: unknown) => toast({ title: errorText(error), tone: 'danger' }));
  };
  return (
    <button
      type="button"
      onClick={open}
      title={url}
      className="inline-flex min-h-6 items-center gap-1 rounded-sm text-xs text-accent hover:underline"
    >
      {messages.add.getKey}
      <ExternalLink size={12} aria-hidden="true" />
    </button>
  );
}
