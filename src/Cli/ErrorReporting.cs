using System.Globalization;
using AdvFit.Analysis;
using AdvFit.Experiments;
using AdvFit.Learning.Data;
using AdvFit.Messages.Text;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Spec;

namespace AdvFit.Cli;

/// <summary>Turns every exception into a sentence for a person and an exit code (design rule 6).</summary>
internal static class ErrorReporting
{
    /// <summary>Set to 1, this environment variable adds the stack trace.</summary>
    private const string DebugVariable = "ADVFIT_DEBUG";

    /// <summary>Writes what went wrong, and returns the exit code.</summary>
    public static int Report(Exception error, TextWriter output)
    {
        var isDebugging = Environment.GetEnvironmentVariable(DebugVariable) == "1";
        var code = CodeOf(error);
        // Problems of a spec begin with file:line:column, which editors make a link of.
        var prefix = error is SpecException { Problems.IsEmpty: false } ? "" : "error: ";
        output.WriteLine(code == ExitCodes.InternalFault && !isDebugging
            ? $"{prefix}AdvFit met a fault of its own ({error.GetType().Name}: {VisibleText.Line(error.Message)}); {WriteDetails(error)}"
            : prefix + Shown(error));
        if (isDebugging)
        {
            output.WriteLine(error);
        }

        return code;
    }

    private static string Shown(Exception error) => error is SpecException { Problems: { IsEmpty: false } problems }
        ? string.Join(Environment.NewLine, problems.Select(problem => VisibleText.Line(problem.ToString())))
        : VisibleText.Line(error.Message);

    private static int CodeOf(Exception error) => error switch
    {
        InputException or SpecException or SweepException or DatasetException or ExperimentException =>
            ExitCodes.BadInput,
        IOException or UnauthorizedAccessException or AnalysisException => ExitCodes.StoreTrouble,
        _ => ExitCodes.InternalFault,
    };

    private static string WriteDetails(Exception error)
    {
        var time = DateTimeOffset.UtcNow.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var path = Path.Combine(Path.GetTempPath(), $"advfit-fault-{time}-{Environment.ProcessId}.txt");
        try
        {
            File.WriteAllText(path, error.ToString());
            return $"the details are in {path}.";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"run it again with {DebugVariable}=1 to see the details.";
        }
    }
}
