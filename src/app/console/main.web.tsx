import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router'
import { createQueryClient, createTexts, UiProvider } from '#ui/web'
import { consolePages } from './pages.web.tsx'
import { createConsoleRouter } from './router.web.tsx'
import { consoleTexts } from './texts.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

createRoot(root).render(
  <StrictMode>
    <UiProvider texts={createTexts([consoleTexts])} queries={createQueryClient()}>
      <RouterProvider router={createConsoleRouter(consolePages)} />
    </UiProvider>
  </StrictMode>,
)
