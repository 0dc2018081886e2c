using AdvFit.Messages.Text;
using Spectre.Console;

namespace AdvFit.Cli.Rendering;

/// <summary>Standard output: a terminal, or a file or pipe, which gets neither colours nor escape codes.</summary>
internal static class Terminal
{
    private const int NarrowestWidth = 40;
    private const int WidestText = 100;
    private const int WidthOfPipes = 80;

    // As they were before they were guarded: for colours, and for a line that is overwritten.
    private static readonly TextWriter RawOut = Console.Out, RawError = Console.Error;

    /// <summary>Standard output.</summary>
    public static IAnsiConsole Out { get; } = Create(RawOut, Console.IsOutputRedirected);

    /// <summary>Columns of the output: the terminal's, at least 40 and at most 100; 80 for a file or pipe.</summary>
    public static int Width => Console.IsOutputRedirected
        ? WidthOfPipes
        : Math.Clamp(Console.WindowWidth, NarrowestWidth, WidestText);

    /// <summary>Whether what is written can be overwritten.</summary>
    public static bool CanRedraw => !Console.IsOutputRedirected && Out.Profile.Capabilities.Ansi;

    /// <summary>Has whatever is written show as text, from now on; only what this program draws itself moves or colours anything.</summary>
    public static void Guard()
    {
        _ = RawOut;
        VisibleTextWriter.GuardConsole();
    }

    /// <summary>Overwrites the last line of standard error.</summary>
    public static void Overwrite(string line) => RawError.Write($"\r{VisibleText.Line(line)}");

    /// <summary>Asks a yes-or-no question, with no as the default.</summary>
    /// <exception cref="InputException">There is no terminal to ask in. The message is <paramref name="refusal"/>.</exception>
    public static bool Confirm(string question, string refusal) => Console.IsInputRedirected || Console.IsOutputRedirected
        ? throw new InputException(refusal)
        : Out.Prompt(new ConfirmationPrompt(question) { DefaultValue = false });

    private static IAnsiConsole Create(TextWriter writer, bool isRedirected)
    {
        var isColourless = isRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isColourless ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            // The enrichers of build services would bring escape codes into their logs.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(isRedirected ? new TrimmingTextWriter(writer) : writer),
        });
        console.Profile.Width = Width;
        console.Pipeline.Attach(new VisibleSegments());
        return console;
    }
}
