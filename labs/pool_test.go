// Buffers made, pooled and kept: go test -bench . -benchtime 200ms pool_test.go
package pool

import (
	"runtime"
	"sync"
	"testing"
)

type point struct{ x, y, z, w float64 }

var (
	keepSmall *point
	keepBytes []byte
	small     = sync.Pool{New: func() any { return new(point) }}
	large     = sync.Pool{New: func() any { b := make([]byte, 64<<10); return &b }}
)

// live holds pointers that the collector has to follow, as a service with a cache has.
var live = func() []*point {
	l := make([]*point, 2_000_000)
	for i := range l {
		l[i] = new(point)
	}
	return l
}()

func collected(b *testing.B, f func()) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		f()
	}
	b.StopTimer()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.NumGC-before.NumGC)/float64(b.N)*1e6, "gcs/Mop")
}
func use(b []byte) { b[0], b[len(b)-1] = 1, 2 }
func BenchmarkSmallOnStack(b *testing.B) {
	s := 0.0
	collected(b, func() { p := point{1, 2, 3, 4}; s += p.x })
}
func BenchmarkSmallMade(b *testing.B) { collected(b, func() { keepSmall = &point{1, 2, 3, 4} }) }
func BenchmarkSmallPooled(b *testing.B) {
	collected(b, func() { p := small.Get().(*point); *p = point{1, 2, 3, 4}; keepSmall = p; small.Put(p) })
}
func BenchmarkLargeMade(b *testing.B) { collected(b, func() { keepBytes = make([]byte, 64<<10); use(keepBytes) }) }
func BenchmarkLargePooled(b *testing.B) {
	collected(b, func() { p := large.Get().(*[]byte); use(*p); large.Put(p) })
}
func BenchmarkLargePooledAndCleared(b *testing.B) {
	collected(b, func() { p := large.Get().(*[]byte); clear(*p); use(*p); large.Put(p) })
}
func BenchmarkLargeKept(b *testing.B) {
	k := make([]byte, 64<<10)
	collected(b, func() { use(k) })
}
