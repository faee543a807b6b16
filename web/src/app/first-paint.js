// Runs before the first paint, so that a reload never flashes the other theme. Built into index.html.
const theme = localStorage.getItem('modelyard.theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
