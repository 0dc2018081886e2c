using Spectre.Console;

namespace AdvFit.Cli.Rendering;

/// <summary>Standard output: a terminal, or a file or pipe, which gets neither colours nor escape codes.</summary>
internal static class Terminal
{
    private const int NarrowestWidth = 40;
    private const int WidestText = 100;
    private const int WidthOfPipes = 80;

    /// <summary>Standard output.</summary>
    public static IAnsiConsole Out { get; } = Create(Console.Out, Console.IsOutputRedirected);

    /// <summary>Columns to write in: the terminal's, within what is readable; 80 where there is no terminal.</summary>
    public static int Width => Console.IsOutputRedirected
        ? WidthOfPipes
        : Math.Clamp(Console.WindowWidth, NarrowestWidth, WidestText);

    /// <summary>Whether what is written can be overwritten.</summary>
    public static bool CanRedraw => !Console.IsOutputRedirected && Out.Profile.Capabilities.Ansi;

    private static IAnsiConsole Create(TextWriter writer, bool isRedirected)
    {
        var isColourless = isRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isColourless ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            // The enrichers of build services would bring escape codes into their logs.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(isRedirected ? new TrimmedLines(writer) : writer),
        });
        console.Profile.Width = Width;
        return console;
    }
}
