import './style.css';
import { Dashboard } from './dashboard/page';
import type { Report } from './model';
import { reportPage } from './report/page';

const app = document.getElementById('app')!;
const report = JSON.parse(document.getElementById('report')!.textContent!) as Report | null;
app.replaceChildren(...(report === null ? new Dashboard().elements : reportPage(report)));
