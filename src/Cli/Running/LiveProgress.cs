using AdvFit.Cli.Rendering;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AdvFit.Cli.Running;

/// <summary>Shows a running sweep in a terminal: a bar for the whole, a line per slot, and log lines above.</summary>
/// <param name="console">The terminal.</param>
/// <param name="monitor">The state of the run.</param>
internal sealed class LiveProgress(IAnsiConsole console, RunMonitor monitor)
{
    private const int NarrowestBar = 8, WidestBar = 24;
    private const int RowsBesidesSlots = 5;

    /// <summary>Widths below which the columns for speed, and for the time left, are dropped.</summary>
    private const int WidthForRate = 72, WidthForLeft = 52;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private volatile string? _notice;

    /// <summary>Shows a sentence below the slots from now on.</summary>
    public void Notice(string sentence) => _notice = sentence;

    /// <summary>Shows what happens until the work ends.</summary>
    public void Follow(Task work) => console.Live(Text.Empty).AutoClear(true).Start(display =>
    {
        do
        {
            var snapshot = monitor.Take();
            foreach (var line in snapshot.LogLines)
            {
                console.Write(new Text(line + "\n"));
            }

            display.UpdateTarget(Render(snapshot));
        }
        while (!((IAsyncResult)work).AsyncWaitHandle.WaitOne(Interval));

        foreach (var line in monitor.Take().LogLines)
        {
            console.Write(new Text(line + "\n"));
        }
    });

    private Rows Render(RunDisplay snapshot)
    {
        var room = Math.Max(1, console.Profile.Height - RowsBesidesSlots - (_notice is null ? 0 : 2));
        List<IRenderable> rows = [Overall(snapshot), Slots(snapshot.Slots.Take(room), snapshot.Epochs)];
        if (snapshot.Slots.Length > room)
        {
            rows.Add(new Text($"and {snapshot.Slots.Length - room} more slots"));
        }

        if (_notice is { } notice)
        {
            rows.Add(new Text(notice, new Style(Color.Yellow)));
        }

        return new Rows(rows);
    }

    private Paragraph Overall(RunDisplay snapshot)
    {
        var bar = Math.Clamp(console.Profile.Width - WidthForLeft, NarrowestBar, WidestBar);
        var filled = (int)(snapshot.Fraction * bar);
        return new Paragraph()
            .Append(new string('━', filled), new Style(Color.Green))
            .Append(new string('─', bar - filled), new Style(Color.Grey))
            .Append($" {100 * snapshot.Fraction:0}%  {snapshot.Completed} of {Format.Count(snapshot.Total, "shuffle")} done")
            .Append(snapshot.Failed > 0 ? $", {snapshot.Failed} failed" : "", new Style(Color.Red))
            .Append(console.Profile.Width >= WidthForLeft && snapshot.Left is { } left ? $", about {Format.Clock(left)} left" : "");
    }

    private Table Slots(IEnumerable<SlotDisplay> slots, int epochs)
    {
        var (showRate, showLeft) = (console.Profile.Width >= WidthForRate, console.Profile.Width >= WidthForLeft);
        List<(string Name, Justify Side)> columns =
            [("shuffle", Justify.Right), ("stage", Justify.Left), ("done", Justify.Right), ("test", Justify.Right)];
        if (showRate)
        {
            columns.Add(("images/s", Justify.Right));
        }

        if (showLeft)
        {
            columns.Add(("left", Justify.Right));
        }

        var table = Tables.Create([.. columns]);
        foreach (var slot in slots)
        {
            var progress = slot.Progress;
            List<string> cells =
            [
                Format.Count(progress.Shuffle),
                progress.Epoch is { } epoch ? $"epoch {epoch}/{epochs}" : progress.Stage,
                $"{Format.Count(progress.Done)}/{Format.Count(progress.Total)}",
                progress.TestAccuracy is { } accuracy ? Format.Percent(accuracy) : "",
            ];
            if (showRate)
            {
                cells.Add(slot.Rate is { } rate && progress.Stage != "evaluate" ? Format.Number(rate) : "");
            }

            if (showLeft)
            {
                cells.Add(slot.Left is { } left ? Format.Clock(left) : "");
            }

            table.AddRow(cells.Select(cell => new Text(cell)));
        }

        return table;
    }
}
