using System.Runtime.InteropServices;

namespace AdvFit.Cli.Running;

/// <summary>
/// Ctrl+C and SIGTERM while a sweep runs: the first asks to stop at a safe point, any after it to stop at once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly Action _stopSafely;
    private readonly Action _stopAtOnce;
    private readonly PosixSignalRegistration[] _registrations;
    private int _received;

    /// <param name="stopSafely">Called at the first signal.</param>
    /// <param name="stopAtOnce">Called at every later one.</param>
    public StopSignals(Action stopSafely, Action stopAtOnce)
    {
        (_stopSafely, _stopAtOnce) = (stopSafely, stopAtOnce);
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive),
        ];
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());

    private void Receive(PosixSignalContext context)
    {
        context.Cancel = true;
        (Interlocked.Increment(ref _received) == 1 ? _stopSafely : _stopAtOnce)();
    }
}
