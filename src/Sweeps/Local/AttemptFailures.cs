using AdvFit.Experiments;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Local;

/// <summary>What to record of an attempt that ended without a result.</summary>
public static class AttemptFailures
{
    /// <summary>The attempt threw.</summary>
    public static AttemptFailed Of(ShuffleAssignment assignment, Exception error) => error switch
    {
        ExperimentException => new(assignment.Shuffle, assignment.Attempt, error.Message, Retryable: false),
        IOException or OutOfMemoryException => new(assignment.Shuffle, assignment.Attempt, error.Message, Retryable: true),
        _ => new(
            assignment.Shuffle, assignment.Attempt, $"Unexpected {error.GetType().Name}: {error.Message}", Retryable: false),
    };

    /// <summary>The attempt returned although the shuffle was not concluded.</summary>
    public static AttemptFailed WithoutResult(ShuffleAssignment assignment) => new(
        assignment.Shuffle, assignment.Attempt, "The executor returned without a result.", Retryable: false);
}
