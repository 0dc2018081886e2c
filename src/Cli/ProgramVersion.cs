using System.Reflection;

namespace AdvFit.Cli;

/// <summary>What was built.</summary>
internal static class ProgramVersion
{
    private static readonly string[] Parts =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+', 2);

    /// <summary>AdvFit's version.</summary>
    public static string Number => Parts[0];

    /// <summary>The source commit, with <c>.modified</c> where the source had changes; <c>unknown</c> without git.</summary>
    public static string Commit => Parts.Length == 2 ? Parts[1] : "unknown";
}
