select count(*)
from resources r
where /* scope */ /* where */
