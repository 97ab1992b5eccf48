// Folders dropped on the screen. Electron tells their paths; a browser does so only when the file manager sends them
// as text.
import { type DragEvent, useState } from 'react';
import { errorText } from '../../host/api.ts';
import { toast } from '../../ui/toast.tsx';
import { addRepository } from './add-repository.ts';
import { droppedPaths } from './dropped-paths.ts';
import { messages } from './messages.ts';

/** Handlers for the element that takes the drop, and whether something hovers over it. */
export function useFolderDrop() {
  const [over, setOver] = useState(false);
  const takes = (event: DragEvent) =>
    event.dataTransfer.types.includes('Files') || event.dataTransfer.types.includes('text/uri-list');
  const drop = async (event: DragEvent) => {
    if (!takes(event)) return;
    event.preventDefault();
    setOver(false);
    const paths = droppedPaths(event.dataTransfer);
    if (paths.length === 0) return void toast({ title: messages.add.dropRefused, tone: 'warn' });
    for (const path of paths) {
      try {
        await addRepository(path);
      } catch (error) {
        toast({ title: errorText(error), tone: 'danger' });
      }
    }
  };
  return {
    over,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!takes(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'link';
        setOver(true);
      },
      onDragLeave: (event: DragEvent) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget))
          setOver(false);
      },
      onDrop: (event: DragEvent) => void drop(event),
    },
  };
}
