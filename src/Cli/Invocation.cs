namespace AdvFit.Cli;

/// <summary>How the user called the program, to tell them what to type next.</summary>
internal static class Invocation
{
    /// <summary>What to type for the program: the launcher as it was called, if it was.</summary>
    public static string Program { get; } =
        Environment.GetEnvironmentVariable("ADVFIT_PROGRAM") is { Length: > 0 } launcher ? Quote(launcher) : "advfit";

    /// <summary>The command line of this process, to be typed again.</summary>
    public static string Repeat() =>
        string.Join(' ', Environment.GetCommandLineArgs().Skip(1).Select(Quote).Prepend(Program));

    /// <summary>What to add to a command to have it look into the same store.</summary>
    /// <param name="storeOption">The value of <c>--store</c>; null where it is not given.</param>
    public static string StoreOption(string? storeOption) => storeOption is null ? "" : $" --store {Quote(storeOption)}";

    /// <summary>A word as a POSIX shell reads it back.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./=:,+@%".Contains(letter))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
