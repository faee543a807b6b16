import { createContext, useContext } from 'react';

/** The place beside the tabs that a tab may fill with its tools. */
export const ToolsSlot = createContext<HTMLElement | null>(null);

export function useToolsSlot(): HTMLElement | null {
  return useContext(ToolsSlot);
}
