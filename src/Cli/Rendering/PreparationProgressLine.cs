using AdvFit.Learning.Data;
using Spectre.Console;

namespace AdvFit.Cli.Rendering;

/// <summary>Shows how far the preparation of photographs is: one line that is redrawn in a terminal, else a line at every tenth.</summary>
internal sealed class PreparationProgressLine : IProgress<PreparationProgress>
{
    private int _tenth = -1;

    /// <inheritdoc/>
    public void Report(PreparationProgress value)
    {
        var (line, tenth) = (
            $"{value.Dataset}: {Format.Count(value.Done)} of {Format.Count(value.Total)} photographs prepared",
            10 * value.Done / value.Total);
        if (Terminal.CanRedraw)
        {
            Console.Out.Write($"\r{line}{(value.Done == value.Total ? "\n" : "")}");
        }
        else if (tenth > _tenth)
        {
            Terminal.Out.Write(new Text($"{line}\n"));
        }

        _tenth = tenth;
    }
}
