using System.Collections.Immutable;

namespace AdvFit.Sweeps.Spec;

/// <summary>One thing wrong with a spec, at a place counted from 1.</summary>
public sealed record SpecProblem(string File, long Line, long Column, string Message)
{
    /// <summary>In the form that editors make a link of.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}: {Message}";
}

/// <summary>A spec cannot be used. The message has one line per problem.</summary>
public sealed class SpecException : Exception
{
    /// <summary>The spec has problems, in the order of the file.</summary>
    public SpecException(ImmutableArray<SpecProblem> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>The spec cannot even be read.</summary>
    public SpecException(string message, Exception? cause = null)
        : base(message, cause) => Problems = [];

    /// <summary>Everything wrong with it, sorted by place; empty where the file could not be read.</summary>
    public ImmutableArray<SpecProblem> Problems { get; }
}
