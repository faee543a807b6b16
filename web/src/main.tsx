import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/query-client.ts';
import { redirectOldLinks } from './app/legacy-links.ts';
import { preloadPages, router } from './app/router.tsx';
import './styles/index.css';

/** Milliseconds: when the first page has long been shown. */
const preloadAfter = 4000;

redirectOldLinks();
const app = document.getElementById('app');
if (!app) throw new Error('index.html has no #app');
createRoot(app).render(
  <QueryClientProvider client={queryClient}>
    <RouterProvider router={router} />
  </QueryClientProvider>,
);
setTimeout(() => void preloadPages(), preloadAfter);
