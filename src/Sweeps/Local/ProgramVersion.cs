using System.Reflection;

namespace AdvFit.Sweeps.Local;

/// <summary>The version and commit of this build.</summary>
/// <param name="Number">AdvFit's version.</param>
/// <param name="Commit">The source commit, with <c>.modified</c> where the source had changes; <c>unknown</c> without git.</param>
public sealed record ProgramVersion(string Number, string Commit)
{
    /// <summary>That of a program.</summary>
    /// <param name="program">The assembly that has its entry point.</param>
    public static ProgramVersion Of(Assembly program)
    {
        var parts = program.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', 2);
        return new ProgramVersion(parts[0], parts.Length == 2 ? parts[1] : "unknown");
    }
}
