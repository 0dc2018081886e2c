using AdvFit.Learning.Data.Fetching;
using Spectre.Console;

namespace AdvFit.Cli.Rendering;

/// <summary>Shows the progress of downloads: a bar per file in a terminal, else a line per file as it begins.</summary>
internal static class FetchProgressLine
{
    public static Task Follow(IAnsiConsole console, Func<IProgress<FetchProgress>, Task> fetch) => Terminal.CanRedraw
        ? console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = 20 }, new PercentageColumn(), new DownloadedColumn())
            .StartAsync(progress => fetch(new Bars(progress)))
        : fetch(new Lines(console));

    private sealed class Bars(ProgressContext progress) : IProgress<FetchProgress>
    {
        private readonly Dictionary<string, ProgressTask> _bars = [];

        public void Report(FetchProgress value)
        {
            if (!_bars.TryGetValue(value.File, out var bar))
            {
                bar = progress.AddTask(Markup.Escape(value.File), maxValue: value.Total);
                _bars.Add(value.File, bar);
            }

            bar.Value = value.Bytes;
        }
    }

    private sealed class Lines(IAnsiConsole console) : IProgress<FetchProgress>
    {
        private string _file = "";

        public void Report(FetchProgress value)
        {
            if (value.File != _file)
            {
                _file = value.File;
                console.Write(new Text($"{value.File}, {Format.Bytes(value.Total)}\n"));
            }
        }
    }
}
