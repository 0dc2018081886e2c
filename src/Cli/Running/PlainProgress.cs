using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Local;

namespace AdvFit.Cli.Running;

/// <summary>Progress as plain lines: one for each epoch, attack and shuffle that is done.</summary>
internal sealed class PlainProgress(TextWriter output) : ISweepObserver
{
    /// <summary>The error that ended the output; null where there is none. The work goes on without output.</summary>
    public IOException? Failure { get; private set; }

    /// <inheritdoc/>
    public void Recorded(SweepEvent sweepEvent, SweepState state)
    {
        if (Failure is null && EventLines.OfStage(sweepEvent, state) is { } line)
        {
            try
            {
                output.WriteLine(line);
            }
            catch (IOException error)
            {
                Failure = error;
            }
        }
    }

    /// <inheritdoc/>
    public void Progressed(int slot, ShuffleProgress progress)
    {
    }
}
