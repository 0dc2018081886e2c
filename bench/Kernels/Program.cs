using AdvFit.Kernels;
using BenchmarkDotNet.Running;

// In this process: the project that BenchmarkDotNet would generate cannot see the kernels, which are internal.
BenchmarkSwitcher.FromAssembly(typeof(LenetBenchmark).Assembly).Run([.. args, "--inProcess"]);
