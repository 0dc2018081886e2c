namespace AdvFit.Cli;

/// <summary>The exit codes of <c>advfit</c>, as in docs/cli.md and <c>advfit --help</c>.</summary>
internal static class ExitCodes
{
    /// <summary>The command succeeded.</summary>
    public const int Done = 0;

    /// <summary>The sweep has ended, but some of its shuffles failed.</summary>
    public const int SomeFailed = 1;

    /// <summary>The command line, the spec, the data or the name of a sweep is wrong.</summary>
    public const int BadInput = 2;

    /// <summary>The store or another file cannot be used: full, read-only, damaged, held by another process.</summary>
    public const int StoreTrouble = 3;

    /// <summary>A fault of AdvFit itself.</summary>
    public const int InternalFault = 4;

    /// <summary>Stopped by Ctrl+C or SIGTERM, or cancelled, with work left.</summary>
    public const int Stopped = 130;

    /// <summary>The list at the end of <c>advfit --help</c>.</summary>
    public const string Help = """
        Exit codes:
          0    done
          1    the sweep has ended, but some of its shuffles failed
          2    the command line, the spec, the data or a sweep's name is wrong
          3    the store or another file is full, read-only, damaged or in use
          4    a fault of AdvFit itself
          130  stopped by Ctrl+C or SIGTERM, or cancelled, with work left
        """;
}
