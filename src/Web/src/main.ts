import './style.css';
import type { Report } from './model';
import { reportPage } from './report/page';

const app = document.getElementById('app')!;
const report = JSON.parse(document.getElementById('report')!.textContent!) as Report;
app.replaceChildren(...reportPage(report));
