using AdvFit.Sweeps.Local;

namespace AdvFit.Cli;

/// <summary>The running program.</summary>
internal static class ThisProgram
{
    /// <summary>AdvFit's version and source commit.</summary>
    public static ProgramVersion Version { get; } = ProgramVersion.Of(typeof(ThisProgram).Assembly);
}
