namespace AdvFit.Cli;

/// <summary>The command line of this process, and parts of command lines to suggest to the user.</summary>
internal static class Invocation
{
    /// <summary>The program's name on a command line: the launcher as it was called, else <c>advfit</c>.</summary>
    public static string Program { get; } =
        Environment.GetEnvironmentVariable("ADVFIT_PROGRAM") is { Length: > 0 } launcher ? Quote(launcher) : "advfit";

    /// <summary>The command line that repeats this one.</summary>
    public static string Repeat() =>
        string.Join(' ', Environment.GetCommandLineArgs().Skip(1).Select(Quote).Prepend(Program));

    /// <summary>The part of a command line that names the same store.</summary>
    /// <param name="storeOption">The value of <c>--store</c>; null where it is not given.</param>
    public static string StoreOption(string? storeOption) => storeOption is null ? "" : $" --store {Quote(storeOption)}";

    /// <summary>A word quoted for a POSIX shell.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./=:,+@%".Contains(letter))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
