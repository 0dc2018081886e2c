using AdvFit.Sweeps.Local;

namespace AdvFit.Cli;

/// <summary>What was built.</summary>
internal static class ThisProgram
{
    /// <summary>AdvFit's version and source commit.</summary>
    public static ProgramVersion Version { get; } = ProgramVersion.Of(typeof(ThisProgram).Assembly);
}
