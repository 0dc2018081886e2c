using System.CommandLine;
using AdvFit.Messages;

namespace AdvFit.Cli.Commands;

/// <summary>Options and arguments of several commands.</summary>
internal static class CommonOptions
{
    public static Option<string?> Store() => new("--store")
    {
        Description = "Folder of the journal and the artifacts; otherwise $ADVFIT_STORE, or .advfit in this folder",
        HelpName = "DIR",
    };

    public static Option<string?> Data() => new("--data")
    {
        Description = "Folder of the data sets; otherwise $ADVFIT_DATA, or advfit/datasets in the user's cache",
        HelpName = "DIR",
    };

    public static Option<bool> SkipBroken() => new("--skip-broken")
    {
        Description = "Leave out photographs that cannot be read, and note which in the results",
    };

    public static Option<bool> Json() => new("--json") { Description = "Write JSON for programs" };

    public static Option<int?> Shuffles() => Positive(
        "--shuffles", "Number of shuffles, instead of the spec's");

    public static Option<int?> Slots() => Positive(
        "--slots", "Shuffles to run at once; otherwise one per physical core. The results do not depend on it");

    public static Argument<string> Spec() => new("SPEC") { Description = "The sweep's spec, a YAML file" };

    public static Argument<string?> Sweep() => new("SWEEP")
    {
        Description = "A sweep's id, the start of its id, its name, or its spec's path; otherwise the newest",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Option<int?> Positive(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token]
                && !(int.TryParse(token.Value, out var value) && value is > 0 and <= SweepSpec.MaximumShuffles))
            {
                result.AddError($"{name} must be a whole number from 1 to {SweepSpec.MaximumShuffles}, not '{token.Value}'.");
            }
        });
        return option;
    }

    /// <summary>An absolute address with http or https; null where the text is none.</summary>
    public static Uri? HttpAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;
}
