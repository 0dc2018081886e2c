using Microsoft.Playwright;

namespace AdvFit.Web.Tests;

/// <summary>Reads tables of a page: what the cells hold, not how they round it.</summary>
internal static class PageTables
{
    /// <summary>The numbers of each row in order, NaN where nothing is defined.</summary>
    /// <param name="page">The page.</param>
    /// <param name="caption">With which the table's caption begins; the first such table of the page.</param>
    public static async Task<(string Heading, double[] Numbers)[]> RowsAsync(IPage page, string caption)
    {
        var rows = await page.EvaluateAsync<string[][]>(
            """
            caption => {
              const table = [...document.querySelectorAll('.framed')]
                .find(each => each.querySelector('.caption').textContent.startsWith(caption)).querySelector('table');
              return [...table.tBodies[0].rows].map(row => [
                row.cells[0].textContent, ...[...row.querySelectorAll('td.number')].map(cell => cell.querySelector('data')?.value ?? 'NaN'),
              ]);
            }
            """,
            caption);
        return [.. rows.Select(row => (row[0], row[1..].Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray()))];
    }

    /// <summary>The numbers of the only row of that heading.</summary>
    public static async Task<double[]> RowAsync(IPage page, string caption, string heading) =>
        (await RowsAsync(page, caption)).Single(row => row.Heading == heading).Numbers;
}
